/**
 * A schema registry inside this process, with the Confluent Schema Registry REST API.
 *
 * <ul>
 *   <li>A schema's id never changes and is never reused, even after restarts.
 *   <li>Schemas that differ only in white space and attribute order have the same id in all
 *       subjects.
 *   <li>A subject's new version can read data of its latest version (BACKWARD).
 * </ul>
 */
package io.creditflow.quickstart.registry;
