//! Words that are written in several ways, abbreviated (`st`) or in another language (`Wien`, `上海`): who
//! has one of a group is found by the others.

/// One group per line; a word may be in several (`st` is a street and a saint).
pub(crate) const GROUPS: &str = "st street\nst saint sankt sint\nste sainte suite\nave av avenue\nrd road\nblvd bd boulevard\n\
dr drive\nln lane\nhwy highway\npkwy parkway\nsq square\npl place plaza\nct court\nctr cntr center centre\n\
n north\ns south\ne east\nw west\nne northeast\nnw northwest\nse southeast\nsw southwest\nmt mount\nft fort\n\
intl international\nuniv university\nstn sta station\nbldg building\nhosp hospital\n1st first\n2nd second\n\
3rd third\n4th fourth\n5th fifth\n6th sixth\nstr strasse\npza piazza\nplz platz\ns sur\nss sous\n\
hbf hauptbahnhof\njct junction\ntwp township\nhts heights\nvlg village\n\
amman عمان\nantwerp antwerpen anvers\nathens athina\nbasel bale\nbeijing 北京 peking\nbrussels bruxelles brussel\n\
bruges brugge\nbucharest bucuresti\nbusan 부산\ncairo القاهرة\nchengdu 成都\nchongqing 重庆\ncologne koln\n\
copenhagen kobenhavn\ndaegu 대구\ndaejeon 대전\ndalian 大连\ndoha الدوحة\ndubai دبي\nflorence firenze\nfuzhou 福州\n\
geneva geneve genf\ngenoa genova\nghent gent gand\ngothenburg goteborg\nguangzhou 广州\ngwangju 광주\n\
hangzhou 杭州\nhanover hannover\nincheon 인천\njeddah جدة\njinan 济南\nkrakow cracow\nkuwait الكويت\nkyoto 京都\n\
lisbon lisboa\nlondon londres londra\nlucerne luzern\nmanama المنامة\nmecca مكة\nmilan milano\nmoscow moskva moskau moscou\n\
munich munchen\nnanjing 南京\nnaples napoli\nningbo 宁波\nnuremberg nurnberg\nosaka 大阪\nprague praha prag\n\
qingdao 青岛\nriyadh الرياض\nrome roma\nseoul 서울\nseville sevilla\nshanghai 上海\nshenyang 沈阳\nshenzhen 深圳\n\
sofia sofiya\nsuwon 수원\nsuzhou 苏州\ntaipei 台北\nthessaloniki salonica\ntianjin 天津\ntokyo 東京\nturin torino\nulsan 울산\n\
venice venezia venedig\nvienna wien vienne\nwarsaw warszawa\nwuhan 武汉\nwuxi 无锡\nxiamen 厦门\nxian 西安";
