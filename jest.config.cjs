/** Tests run from source; Nest is ESM-only, so its packages pass through the compiler too. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/{apps,libs,seeds,test}/**/*.spec.ts'],
  transform: { '^.+\\.(t|j|mj)sx?$': ['@swc/jest', require('./swc.config.cjs')] },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|preact|preact-render-to-string)/)'],
  moduleNameMapper: { '^@daodi/([a-z0-9-]+)$': '<rootDir>/libs/$1/src/index.ts' },
  globalSetup: '<rootDir>/libs/platform/src/testing/jest-global-setup.ts',
  globalTeardown: '<rootDir>/libs/platform/src/testing/jest-global-teardown.ts',
  setupFiles: ['reflect-metadata'],
  testTimeout: 120000,
  maxWorkers: 2,
};
