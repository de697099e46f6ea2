// trunk calls these while it loads the program.
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export default function initializer() {
  return {
    onStart: () => {},
    onProgress: ({ current, total }) => {
      window.samscopeProgress(total ? `Loading… ${megabytes(current)} of ${megabytes(total)} MB` : `Loading… ${megabytes(current)} MB`);
    },
    onComplete: () => window.samscopeProgress("Starting…"),
    onSuccess: () => {},
    onFailure: (error) => window.samscopeFailed(error),
  };
}
