/**
 * The auditor: recounts everything from the topics alone (inputs and rejected-events) with the
 * reference calculator of module {@code reference}, and compares what comes out with what the API
 * answers. It shares with the product the decoding of bytes and nothing else.
 */
package io.creditflow.audit;
