/**
 * The contract's topics and records, and the serde that converts records to bytes and back.
 *
 * <p>Bytes are in the Confluent wire format ({@code 0x00}, schema id as four big-endian bytes, Avro
 * binary); schemas come from a registry with the Confluent Schema Registry REST API. Three failures
 * are distinguished: bytes that can never be decoded ({@link
 * io.creditflow.schemas.UndecodableException}), a registry that is unavailable at present ({@link
 * io.creditflow.schemas.RegistryUnavailableException}), and a registry that refuses a schema
 * ({@link io.creditflow.schemas.SchemaRejectedException}).
 */
package io.creditflow.schemas;
