/** Tests run from source; Nest and some others are ESM-only, or import() something, so they pass through the compiler too. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/{apps,libs,seeds,bench,test}/**/*.spec.ts'],
  transform: { '^.+\\.(t|j|mj)sx?$': ['@swc/jest', require('./swc.config.cjs')] },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|@opentelemetry/otlp-exporter-base|@borewit|@tokenizer|content-disposition|cookie|file-type|preact|preact-render-to-string|strtok3|token-types|uint8array-extras)/)'],
  moduleNameMapper: { '^@daodi/([a-z0-9-]+)$': '<rootDir>/libs/$1/src/index.ts' },
  globalSetup: '<rootDir>/libs/platform/src/testing/jest-global-setup.ts',
  globalTeardown: '<rootDir>/libs/platform/src/testing/jest-global-teardown.ts',
  setupFiles: ['reflect-metadata'],
  testTimeout: 120000,
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/longest-first.cjs',
  // Every spec file loads the whole house anew; a worker that has grown makes room before its next file.
  workerIdleMemoryLimit: '1500MB',
};
