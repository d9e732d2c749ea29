//! Words that store and town names abbreviate: whoever has one of a group is found by the others.

/// One group per line; a word may be in several (`st` is a street and a saint).
pub(crate) const GROUPS: &str = "st street\nst saint\nste sainte suite\nave av avenue\nrd road\nblvd bd boulevard\n\
dr drive\nln lane\nhwy highway\npkwy parkway\nsq square\npl place plaza\nct court\nctr cntr center centre\n\
n north\ns south\ne east\nw west\nne northeast\nnw northwest\nse southeast\nsw southwest\nmt mount\nft fort\n\
intl international\nuniv university\nstn sta station\nbldg building\nhosp hospital\n1st first\n2nd second\n\
3rd third\n4th fourth\n5th fifth\n6th sixth\nstr strasse\npza piazza\nplz platz\ns sur\nss sous\n\
hbf hauptbahnhof\njct junction\ntwp township\nhts heights\nvlg village";
