// Loads the program, tells how far that is, and starts it. A file of its own: the page's policy allows no inline script.
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

// trunk writes the addresses, which change with the contents, into the page's head.
const address = (link) => document.querySelector(link).href;

// The same bytes, counted as they come, under the type that compiling them while they come asks for.
function counted(response) {
  if (!response.ok) throw new Error(`${response.url} gives ${response.status}`);
  // The length of a compressed answer is not the program's.
  const total = response.headers.has("Content-Encoding") ? 0 : Number(response.headers.get("Content-Length"));
  let current = 0;
  const count = new TransformStream({
    transform: (chunk, controller) => {
      current += chunk.byteLength;
      window.samscopeProgress(`Loading… ${megabytes(current)}${total ? ` of ${megabytes(total)}` : ""} MB`);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
}

try {
  const script = address("link[rel=modulepreload][href*='/samscope-']");
  samscopeBackground.start(script);
  const compiled = WebAssembly.compileStreaming(fetch(address("link[rel=preload][as=fetch]")).then(counted));
  const [bindings, module] = await Promise.all([import(script), compiled]);
  window.samscopeProgress("Starting…");
  samscopeBackground.give(module);
  window.samscopeLoaded(bindings);
  await bindings.default({ module_or_path: module });
} catch (error) {
  window.samscopeFailed(error);
}
