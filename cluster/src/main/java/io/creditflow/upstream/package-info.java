/**
 * Load for clusters: generated records of every kind, including corrupted ones, reproducible from a
 * seed.
 */
package io.creditflow.upstream;
