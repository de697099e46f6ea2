// A background worker: the page's own program once more, compiled already, where there is no window to draw in. It is told first
// where the program's script is, then the module.
let bindings;
addEventListener("message", async ({ data: { script, module } }) => {
  try {
    if (script) await (bindings = import(script));
    if (module) await (await bindings).default({ module_or_path: module });
  } catch (error) {
    postMessage({ failed: `${error?.message ?? error}` });
  }
});
