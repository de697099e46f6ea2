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

  // From web/start.mjs: the program compiled, its script's address and what it exports.
  let program = null;
  window.samscopeLoaded = (loaded) => {
    program = loaded;
  };

  // The worker runs whole scenarios.
  const waiting = new Map();
  let worker = null;
  let ready = null;
  let lastId = 0;

  function startWorker() {
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
    // Whoever sends a request is told; a worker that nobody asks for may fail in silence.
    ready.catch(() => {});
    // What the page itself runs: nothing is compiled twice.
    worker.postMessage({ script: program.script, module: program.module });
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

  // For the program's exports. A figure's SVG becomes pixels on a canvas of the browser's.
  async function painted(svg, width) {
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = Math.max(1, Math.round((width * image.naturalHeight) / image.naturalWidth));
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.fillStyle = "white";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return { canvas, context };
    } finally {
      URL.revokeObjectURL(address);
    }
  }
  window.samscopeRequest = (call, argument) => request({ call, argument });
  window.samscopePixels = async (svg, width) => {
    const { canvas, context } = await painted(svg, width);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };
  window.samscopePng = async (svg, width) => {
    const { canvas } = await painted(svg, width);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser cannot make a picture of this size");
    return new Uint8Array(await blob.arrayBuffer());
  };
  // The browser's encoder of films, which keeps the time that it is told, however long a picture takes to be drawn;
  // undefined where there is none.
  window.samscopeFilm = (fps) => {
    if (!window.VideoEncoder) return undefined;
    const pictures = [];
    let encoder, failed, size;
    let count = 0;
    const output = (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      pictures.push({ bytes, isKey: chunk.type === "key", at: chunk.timestamp / 1000 });
    };
    return {
      async add(svg, width) {
        const { canvas } = await painted(svg, width);
        if (failed) throw failed;
        if (!encoder) {
          size = [canvas.width, canvas.height];
          const config = { codec: "vp8", width: size[0], height: size[1], bitrate: 8e6, framerate: fps };
          const { supported } = await VideoEncoder.isConfigSupported(config);
          if (!supported) throw new Error("this browser cannot encode films in VP8");
          encoder = new VideoEncoder({ output, error: (error) => (failed = error) });
          encoder.configure(config);
        }
        // A player can begin at every thirtieth picture; what is still being encoded piles up no further.
        const keyFrame = count % 30 === 0;
        if (keyFrame) await encoder.flush();
        const picture = new VideoFrame(canvas, { timestamp: (1e6 * count) / fps, alpha: "discard" });
        encoder.encode(picture, { keyFrame });
        picture.close();
        count += 1;
      },
      // An encoder that has failed is closed, and says then only that.
      async finish() {
        await encoder.flush().catch((error) => Promise.reject(failed ?? error));
        encoder.close();
        return { size, pictures, duration: (1000 * count) / fps };
      },
    };
  };

  // The program's first frame is there.
  window.samscopeReady = () => {
    if (failed) return;
    const { bindings } = program;
    window.samscope = {
      version: bindings.version(),
      getScenario: () => JSON.parse(bindings.getScenario()),
      setScenario: (scenario) => bindings.setScenario(text(scenario)),
      play: () => bindings.play(true),
      pause: () => bindings.play(false),
      step: (n = 1) => bindings.step(n),
      state: () => JSON.parse(bindings.state()),
      perf: () => JSON.parse(bindings.perf()),
      run: (scenario) => request({ call: "run", argument: text(scenario) }),
      sharpness: (point) => request({ call: "sharpness", argument: text(point) }),
      // Of the scenario in force, run to its end; the very bytes that the command line writes.
      exportSvg: (id) =>
        request({ call: "figure", argument: `{"figure":${JSON.stringify(id)},"scenario":${bindings.getScenario()}}` }),
      bench: async () => {
        const result = await request({ call: "bench" });
        return { ...result, figures: [...result.figures, ...JSON.parse(bindings.benchFrames())] };
      },
    };
    byId("loading").hidden = true;
    byId("reload").addEventListener("click", () => location.reload());
    setInterval(watch, 1000);
    // Ahead of need, so that it works without the network too; after the first pictures, so as not to delay them.
    setTimeout(() => worker ?? startWorker(), 500);
    addEventListener("pagehide", () => program.bindings.close());
  };

  // Tells a screen reader what is happening, and everybody when the program has crashed.
  function watch() {
    const message = program.bindings.panicked();
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
