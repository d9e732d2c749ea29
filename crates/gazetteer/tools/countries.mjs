// Prints countries.tsv: ISO code, English and French name.
const codes = [];
for (let a = 65; a <= 90; a++) for (let b = 65; b <= 90; b++) codes.push(String.fromCharCode(a, b));
const names = (language) => new Intl.DisplayNames([language], { type: "region", fallback: "none" });
const [english, french] = [names("en"), names("fr")];
const made = new Set(["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"]);
for (const code of codes) {
  // Codes that CLDR replaces by another (UK, SU) answer with the other's name.
  const name = english.of(code);
  if (name && !made.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`) {
    console.log([code, name, french.of(code)].join("\t"));
  }
}
