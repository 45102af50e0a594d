/** Kernels of the field, pure: what a weight says, and how far two of them agree. */
export { MASS_UNITS, type TypedMass, typedMilligrams, typedResolution } from './weighing/mass-units';
