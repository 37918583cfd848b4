/**
 * The contract in code: topics, their records, and the way between bytes and records.
 *
 * <p>Bytes are in the Confluent wire format ({@code 0x00}, schema id as four big-endian bytes, Avro
 * binary); schemas come from a registry that speaks the Confluent Schema Registry REST API. Three
 * things are kept apart throughout: bytes that no waiting can fix ({@link
 * io.creditflow.schemas.UndecodableException}), a registry that is away for now ({@link
 * io.creditflow.schemas.RegistryUnavailableException}), and a registry that says no ({@link
 * io.creditflow.schemas.SchemaRejectedException}).
 */
package io.creditflow.schemas;
