/**
 * The auditor: recounts everything from the topics alone (inputs and rejected-events) with the
 * reference calculator of module {@code reference}, and compares the result with the API's
 * responses. It shares no counting code with the product, only the decoder, the time-zone rules,
 * and the types of queries and responses.
 */
package io.creditflow.audit;
