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

  // A script that does not come says nothing by itself.
  addEventListener("error", ({ target }) => target.tagName === "SCRIPT" && fail(NO_SCRIPT), true);
  const NO_SCRIPT =
    self.origin === "null"
      ? "samscope could not be loaded: the frame that it is in has a sandbox without allow-same-origin."
      : "samscope could not be loaded: a script of the page did not come.";

  if (location.protocol === "file:") {
    fail("samscope could not be loaded from a file: a browser runs WebAssembly only from a web server. `cargo xtask serve` starts one.");
  } else if (typeof WebAssembly !== "object") {
    fail("samscope could not be loaded: this browser has no WebAssembly.");
  } else if (!document.createElement("canvas").getContext("webgl2")) {
    fail("samscope needs WebGL2, which this browser does not have or has turned off.");
  }

  // From web/start.mjs: what the program exports.
  let bindings = null;
  window.samscopeLoaded = (exports) => (bindings = exports);

  // JSON.stringify writes −0 as 0, which is another start to the last bit.
  const text = (value, within = []) => {
    if (Object.is(value, -0)) return "-0.0";
    if (within.includes(value)) throw new TypeError("an object that contains itself cannot be written as JSON");
    const inner = (v) => text(v ?? null, [...within, value]);
    if (Array.isArray(value)) return `[${value.map(inner).join(",")}]`;
    if (value && typeof value === "object") {
      const fields = Object.entries(value).filter(([, v]) => v !== undefined);
      return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${inner(v)}`).join(",")}}`;
    }
    return JSON.stringify(value);
  };

  // For the program's exports. A figure's SVG becomes pixels on a canvas of the browser's.
  async function painted(svg, width, height) {
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      const own = Math.max(1, Math.round((width * image.naturalHeight) / image.naturalWidth));
      canvas.width = width;
      canvas.height = height ?? own;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.fillStyle = "white";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, width, own);
      return { canvas, context };
    } finally {
      URL.revokeObjectURL(address);
    }
  }
  window.samscopeRequest = samscopeBackground.request;
  window.samscopeCancel = samscopeBackground.cancelAll;
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
  // The browser's encoder of videos, which keeps the time that it is told, however long a frame takes to be drawn;
  // undefined where there is none.
  window.samscopeVideo = (fps) => {
    if (!window.VideoEncoder) return undefined;
    const frames = [];
    let encoder, failed, size;
    let count = 0;
    const output = (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      frames.push({ bytes, isKey: chunk.type === "key", at: chunk.timestamp / 1000 });
    };
    return {
      async add(svg, width) {
        const { canvas } = await painted(svg, width, size?.[1]);
        if (failed) throw failed;
        if (!encoder) {
          size = [canvas.width, canvas.height];
          const config = { codec: "vp8", width: size[0], height: size[1], bitrate: 8e6, framerate: fps };
          const { supported } = await VideoEncoder.isConfigSupported(config);
          if (!supported) throw new Error("this browser cannot encode videos in VP8");
          encoder = new VideoEncoder({ output, error: (error) => (failed = error) });
          encoder.configure(config);
        }
        // A player can begin at every thirtieth frame; what is still being encoded piles up no further.
        const keyFrame = count % 30 === 0;
        if (keyFrame) await encoder.flush();
        const frame = new VideoFrame(canvas, { timestamp: (1e6 * count) / fps, alpha: "discard" });
        encoder.encode(frame, { keyFrame });
        frame.close();
        count += 1;
      },
      // An encoder that has failed is closed, and says then only that.
      async finish() {
        await encoder.flush().catch((error) => Promise.reject(failed ?? error));
        encoder.close();
        return { size, frames, duration: (1000 * count) / fps };
      },
    };
  };

  // A trap (memory at its end, `unreachable`, too deep a recursion) is no exception like another: the program cannot go on.
  const isTrap = (error) =>
    error instanceof WebAssembly.RuntimeError ||
    (/too much recursion|call stack/.test(error?.message) && /wasm-function/.test(error.stack));
  const ifTrap = (error) => bindings && isTrap(error) && crash(error);
  // From the start: a scenario may crash the program before its first frame.
  addEventListener("error", ({ error }) => ifTrap(error));
  addEventListener("unhandledrejection", ({ reason }) => ifTrap(reason));

  function crash(error) {
    const sentence = "This is a bug. Reload goes on with the same scenario. Where that crashes again, start afresh without it.";
    over("samscope has crashed", sentence, bindings.panicked() ?? `${error}`);
    byId("loading").hidden = true;
  }

  // Lies over the page until it is loaded again.
  function over(title, sentence, details = "") {
    byId("crash-title").textContent = title;
    byId("crash-text").textContent = sentence;
    byId("crash-message").textContent = details;
    byId("link").value = address();
    byId("reload").onclick = reload;
    byId("afresh").onclick = afresh;
    byId("crash").hidden = false;
  }

  // The program's own functions.
  const ask = (name, ...values) => {
    try {
      return bindings[name](...values);
    } catch (error) {
      ifTrap(error);
      throw error;
    }
  };
  window.samscopeAct = (id, gesture) => ask("act", id, gesture);
  const background = (call, argument, options) => samscopeBackground.request("page", call, argument, options);

  // The program's first frame is there.
  window.samscopeReady = () => {
    if (failed) return;
    window.samscope = {
      version: ask("version"),
      getScenario: () => JSON.parse(ask("getScenario")),
      setScenario: (scenario) => ask("setScenario", text(scenario)),
      link: () => ask("link"),
      play: () => ask("play", true),
      pause: () => ask("play", false),
      step: (n = 1) => ask("step", n),
      state: () => JSON.parse(ask("state")),
      picture: () => JSON.parse(ask("picture")),
      perf: () => JSON.parse(ask("perf")),
      // These take { signal }, an AbortSignal.
      run: async (scenario, options) => background("run", text(scenario), options),
      sharpness: async (point, options) => background("sharpness", text(point), options),
      // Of the scenario in force, run to its end; the very bytes that the command line writes.
      exportSvg: async (id, options) =>
        background("figure", `{"figure":${text(id ?? null)},"scenario":${ask("getScenario")}}`, options),
      bench: async (options) => {
        const result = await background("bench", undefined, options);
        return { ...result, figures: [...result.figures, ...JSON.parse(ask("benchFrames"))] };
      },
      cancel: () => samscopeBackground.cancelAll("page"),
    };
    byId("loading").hidden = true;
    forgetAfresh();
    byId("canvas").addEventListener("webglcontextlost", lost);
    byId("canvas").addEventListener("webglcontextrestored", restored);
    addEventListener("pagehide", () => bindings.close());
    setInterval(watch, 1000);
    watch();
    if (history.state?.link) goOn(history.state);
  };

  // Where the run is, kept from second to second: a program that has crashed cannot be asked.
  let place = null;

  // Tells a screen reader what is happening, and everybody when the program has crashed.
  function watch() {
    if (bindings.panicked() !== undefined) return crash();
    try {
      const { step, playing } = JSON.parse(bindings.state());
      place = { link: bindings.link(), step, playing };
      const told = bindings.tell();
      if (byId("story").textContent !== told) byId("story").textContent = told;
    } catch {
      // Between two frames the program may be busy; the next second will do.
    }
  }

  // The page's address with the scenario that is shown.
  const address = () => (place ? new URL(`#${place.link}`, location).href : location.href);

  // Loads the page again where it is: the scenario in the address, the step in the history's entry.
  function reload() {
    history.replaceState(place, "", address());
    location.reload();
  }

  // Loads the page with neither the address's scenario nor the one that was kept.
  function afresh() {
    const url = new URL(location);
    url.searchParams.set("afresh", "1");
    url.hash = "";
    location.replace(url);
  }

  // The next visit of the address is one like any other.
  function forgetAfresh() {
    const url = new URL(location);
    if (!url.searchParams.has("afresh")) return;
    url.searchParams.delete("afresh");
    history.replaceState(history.state, "", url);
  }

  function goOn({ step, playing }) {
    history.replaceState(null, "");
    ask("step", Math.min(step, 1e9));
    if (playing) ask("play", true);
  }

  // The browser has taken the graphics away, as phones do in the background. It may give them back.
  function lost(event) {
    event.preventDefault();
    watch();
    bindings.stop();
    over("The browser has taken the graphics away", "samscope goes on when they are back. Reload asks for them anew.");
  }

  async function restored() {
    await bindings.resume(place.link);
    goOn(place);
    byId("crash").hidden = true;
  }
})();
