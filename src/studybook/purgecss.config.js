// What scripts set on elements without naming it in their text (dataset.theme is
// data-theme): rules that ask for these attributes stay, whatever their value.
module.exports = {
  content: [],
  css: [],
  dynamicAttributes: ["data-theme", "data-mode"],
};
