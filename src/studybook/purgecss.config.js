// What scripts set on elements without naming it in their text (dataset.theme is
// data-theme): rules that ask for these attributes stay, whatever their value.
// A variable stays if any sheet of the site asks for it, not only those that are cut.
const fs = require("fs");
const path = require("path");

const sheets = fs.readdirSync("_static", { recursive: true })
  .filter((name) => name.endsWith(".css"))
  .map((name) => fs.readFileSync(path.join("_static", name), "utf8"));
const asked = sheets.flatMap((sheet) => [...sheet.matchAll(/var\(\s*(--[\w-]+)/g)].map((one) => one[1]));

module.exports = {
  content: [],
  css: [],
  dynamicAttributes: ["data-theme", "data-mode"],
  variables: true,
  safelist: { variables: [...new Set(asked)] },
};
