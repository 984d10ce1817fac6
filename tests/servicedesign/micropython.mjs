// Runs a Python file in the MicroPython that the pages carry, with the pure
// modules of src/ on its path: node micropython.mjs SRC FILE
import fs from "node:fs";
import path from "node:path";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const [src, file] = process.argv.slice(2);
const python = await loadMicroPython({
  heapsize: 16 * 1024 * 1024,
  linebuffer: true,
  stdout: (line) => console.log(line),
});
python.FS.mkdir("/src");
const families = ["advice", "blueprints", "journeys"].map((name) => `servicedesign/${name}`);
for (const name of ["servicedesign", ...families, "explorables"]) {
  python.FS.mkdir(`/src/${name}`);
  for (const module of fs.readdirSync(path.join(src, name))) {
    if (module.endsWith(".py")) {
      const source = fs.readFileSync(path.join(src, name, module), "utf8");
      python.FS.writeFile(`/src/${name}/${module}`, source);
    }
  }
}
python.runPython("import sys; sys.path.insert(0, '/src')");
try {
  python.runPython(fs.readFileSync(file, "utf8"));
} catch (error) {
  // The message is Python's traceback; node's own would bury it in wasm.
  console.error(error.message);
  process.exitCode = 1;
}
