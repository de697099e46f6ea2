// The graphics card, by WebGPU: the program's shaders over a table of words, pass by pass (platform/compute/card_web.rs).
"use strict";

window.samscopeGpu = (() => {
  // A card that is silent for so long is lost, in ms: a pass takes some hundredths of a second.
  const SILENCE = 30e3;
  // The most pipelines that are kept: a parameter that is dragged makes one for each of its values.
  const PIPELINES = 64;
  const pipelines = new Map();
  let opening, device, lost;

  async function start() {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) throw new Error("this browser has no graphics card with WebGPU");
    device = await adapter.requestDevice();
    device.lost.then(({ message }) => (lost ??= message || "the browser took it away"));
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      lost ??= event.error.message;
    });
    const { description, vendor, architecture, isFallbackAdapter } = adapter.info;
    const name = description || `${vendor} ${architecture}`.trim() || "the graphics card";
    return [name, !(isFallbackAdapter ?? adapter.isFallbackAdapter)];
  }

  // Its name, and whether it is one and no program in its place. It is asked for once.
  const open = () => (opening ??= start());

  // What the card answers, unless it is lost before.
  async function answer(promise) {
    let timer;
    const silence = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("it does not answer")), SILENCE);
    });
    const value = await Promise.race([promise, silence]).finally(() => clearTimeout(timer));
    if (lost) throw new Error(lost);
    return value;
  }

  function pipeline(code) {
    if (pipelines.size >= PIPELINES) pipelines.clear();
    if (!pipelines.has(code)) {
      const module = device.createShaderModule({ code });
      pipelines.set(code, device.createComputePipelineAsync({ layout: "auto", compute: { module } }));
    }
    return answer(pipelines.get(code));
  }

  function table(words, usage = GPUBufferUsage.COPY_SRC) {
    const buffer = device.createBuffer({
      size: words.byteLength,
      usage: usage | GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  }

  // What `use` does with an encoder.
  function submit(use) {
    const encoder = device.createCommandEncoder();
    use(encoder);
    device.queue.submit([encoder.finish()]);
  }

  // A promise of its end.
  function pass(pipeline, words, given, groups) {
    const data = table(given, 0);
    const entries = [words, data].map((buffer, binding) => ({ binding, resource: { buffer } }));
    submit((encoder) => {
      const compute = encoder.beginComputePass();
      compute.setPipeline(pipeline);
      compute.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
      compute.dispatchWorkgroups(groups);
      compute.end();
    });
    data.destroy();
    const done = answer(device.queue.onSubmittedWorkDone());
    // Where passes are not wanted any more, nobody waits for the last.
    done.catch(() => {});
    return done;
  }

  async function read(words) {
    const { size } = words;
    const copy = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    submit((encoder) => encoder.copyBufferToBuffer(words, 0, copy, 0, size));
    await answer(copy.mapAsync(GPUMapMode.READ));
    const read = new Uint32Array(copy.getMappedRange()).slice();
    copy.destroy();
    return read;
  }

  return { open, pipeline, table, pass, read };
})();
