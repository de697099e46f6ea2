// The background worker: the page's own program once more, where there is no window to draw in.
addEventListener(
  "message",
  async ({ data: { script, program } }) => {
    try {
      const bindings = await import(script);
      await bindings.default({ module_or_path: program });
    } catch (error) {
      postMessage({ failed: `${error?.message ?? error}` });
    }
  },
  { once: true },
);
