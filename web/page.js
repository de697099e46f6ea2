// What is around the program: the loading message, the crash message, and window.samscope.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  let failed = false;

  // Says in words why there is no picture. The first reason is the one that counts.
  function fail(text) {
    if (failed) return;
    failed = true;
    const show = () => {
      byId("loading").hidden = false;
      byId("progress").textContent = text;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
    else show();
  }

  window.samscopeProgress = (text) => {
    if (!failed && byId("progress")) byId("progress").textContent = text;
  };
  window.samscopeFailed = (error) =>
    fail(`samscope could not be loaded: ${error && error.message ? error.message : error}`);

  if (location.protocol === "file:") {
    fail("samscope could not be loaded from a file: a browser runs WebAssembly only from a web server. `cargo xtask serve` starts one.");
  } else if (typeof WebAssembly !== "object") {
    fail("samscope could not be loaded: this browser has no WebAssembly.");
  } else if (!document.createElement("canvas").getContext("webgl2")) {
    fail("samscope needs WebGL2, which this browser does not have or has turned off.");
  }

  // The worker runs whole scenarios; it is started by the first request.
  const waiting = new Map();
  let worker = null;
  let ready = null;
  let lastId = 0;

  function startWorker() {
    const address = (link) => document.querySelector(link).href;
    worker = new Worker("./worker.mjs", { type: "module" });
    ready = new Promise((resolve, reject) => {
      const fail = (reason) => {
        const error = new Error(`the background worker failed: ${reason ?? "it could not be loaded"}`);
        reject(error);
        for (const { reject: refuse } of waiting.values()) refuse(error);
        waiting.clear();
        worker = null;
      };
      worker.onerror = (event) => fail(event.message);
      worker.onmessage = ({ data }) => {
        if (data === "ready") resolve();
        else if (data.failed) fail(data.failed);
        else answer(JSON.parse(data));
      };
    });
    // The program that the page itself runs: nothing more has to be loaded.
    worker.postMessage({
      script: address("link[rel=modulepreload][href*='/samscope-']"),
      program: address("link[rel=preload][as=fetch]"),
    });
  }

  function answer({ id, result, error }) {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error !== undefined) reject?.(new Error(error));
    else resolve?.(result);
  }

  async function request(message) {
    if (!worker) startWorker();
    await ready;
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage(JSON.stringify({ id, ...message }));
    });
  }

  // JSON.stringify writes −0 as 0, which is another start to the last bit.
  const text = (value) => {
    if (Object.is(value, -0)) return "-0.0";
    if (Array.isArray(value)) return `[${value.map((v) => text(v ?? null)).join(",")}]`;
    if (value && typeof value === "object") {
      const fields = Object.entries(value).filter(([, v]) => v !== undefined);
      return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${text(v)}`).join(",")}}`;
    }
    return JSON.stringify(value);
  };

  // The program's first frame and trunk's bindings come in either order.
  const started = new Promise((resolve) => addEventListener("TrunkApplicationStarted", resolve, { once: true }));
  window.samscopeReady = () => started.then(open);

  function open() {
    if (failed) return;
    const program = window.wasmBindings;
    window.samscope = {
      version: program.version(),
      getScenario: () => JSON.parse(program.getScenario()),
      setScenario: (scenario) => program.setScenario(text(scenario)),
      play: () => program.play(true),
      pause: () => program.play(false),
      step: (n = 1) => program.step(n),
      state: () => JSON.parse(program.state()),
      perf: () => JSON.parse(program.perf()),
      run: (scenario) => request({ call: "run", argument: text(scenario) }),
      sharpness: (point) => request({ call: "sharpness", argument: text(point) }),
      bench: async () => {
        const result = await request({ call: "bench" });
        return { ...result, figures: [...result.figures, ...JSON.parse(program.benchFrames())] };
      },
    };
    byId("loading").hidden = true;
    byId("reload").addEventListener("click", () => location.reload());
    setInterval(watch, 1000);
  }

  // Tells a screen reader what is happening, and everybody when the program has crashed.
  function watch() {
    const message = window.wasmBindings.panicked();
    if (message !== undefined) {
      byId("crash-message").textContent = message;
      byId("crash").hidden = false;
      return;
    }
    try {
      const { story } = window.samscope.state();
      if (byId("story").textContent !== story) byId("story").textContent = story;
    } catch {
      // Between two frames the program may be busy; the next second will do.
    }
  }
})();
