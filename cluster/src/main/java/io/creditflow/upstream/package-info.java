/** Load for clusters: seeded, hostile and complete; every kind of record that a topic can meet. */
package io.creditflow.upstream;
