/**
 * A schema registry inside this process, speaking the Confluent Schema Registry REST API.
 *
 * <ul>
 *   <li>A schema's id never changes and is never used again, also over restarts.
 *   <li>What is the same text to Avro (white space and attribute order aside) has one id, in
 *       whatever subject.
 *   <li>A subject's new version can read what its latest version wrote (BACKWARD).
 * </ul>
 */
package io.creditflow.quickstart.registry;
