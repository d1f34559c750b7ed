"use strict";
// Merges by docxtemplater and by carbone, one at each request, in a process that stays warm.
//
//   node contenders.js MODULES DATA.json DOCXTEMPLATER.docx CARBONE.docx
//
// Each line of standard input is JSON: {"contender": "docxtemplater", "save": "where/to.docx"}, "save" being
// optional. Each is answered with a line of JSON: {"milliseconds": 12.3}, or {"error": "…"}.

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const { createRequire } = require("module");

const [modules, dataFile, docxtemplaterTemplate, carboneTemplate] = process.argv.slice(2);
const from = createRequire(path.join(modules, "package.json"));
const Docxtemplater = from("docxtemplater");
const PizZip = from("pizzip");
const expressionParser = from("docxtemplater/expressions.js");
const carbone = from("carbone");
const data = JSON.parse(fs.readFileSync(dataFile, "utf8"));

// As docxtemplater.com/docs/get-started-node shows; an object renders once only. Two ways of reading dotted names:
// the expressions that the "angular parser" page recommends, and a parser of one's own as the page on the parser
// option shows, which takes half the time.
const docxtemplaterContent = fs.readFileSync(docxtemplaterTemplate, "binary");

function docxtemplater(parser) {
  const doc = new Docxtemplater(new PizZip(docxtemplaterContent), {
    paragraphLoop: true,
    linebreaks: true,
    parser,
  });
  doc.render(data);
  return doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

function ownParser(tag) {
  if (tag === ".") return { get: (scope) => scope };
  if (tag === "$index == 0") return { get: (scope, context) => context.scopePathItem.at(-1) === 0 };
  const [, dotted, length] = /^([\w.]+?)(?:\.length > (\d+))?$/.exec(tag);
  const names = dotted.split(".");
  const value = (scope) => names.reduce((holder, name) => holder?.[name], scope);
  return { get: length === undefined ? value : (scope) => value(scope).length > Number(length) };
}

// As carbone's README shows. It takes the path of a template and offers nothing that would be compiled beforehand.
// It repeats objects only, not texts, and has no formatter for a length.
carbone.addFormatters({ len: (text) => text.length });
const carboneData = withObjects(data);

function withObjects(value) {
  if (Array.isArray(value)) return value.map((text, position) => ({ text, first: position === 0 }));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withObjects(child)]));
}

function carboneRender() {
  return new Promise((resolve, reject) => {
    carbone.render(carboneTemplate, carboneData, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

const contenders = {
  docxtemplater: () => docxtemplater(ownParser),
  "docxtemplater, its expressions": () => docxtemplater(expressionParser),
  carbone: carboneRender,
};

async function answer(request) {
  const begin = performance.now();
  const report = await contenders[request.contender]();
  const milliseconds = performance.now() - begin;
  if (request.save) fs.writeFileSync(request.save, report);
  return { milliseconds };
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const said = await answer(JSON.parse(line)).catch((error) => ({ error: String(error.stack || error) }));
    process.stdout.write(JSON.stringify(said) + "\n");
  }
}

main();
