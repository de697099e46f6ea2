// The background worker: the page's own program once more, compiled already, where there is no window to draw in.
addEventListener(
  "message",
  async ({ data: { script, module } }) => {
    try {
      const bindings = await import(script);
      await bindings.default({ module_or_path: module });
    } catch (error) {
      postMessage({ failed: `${error?.message ?? error}` });
    }
  },
  { once: true },
);
