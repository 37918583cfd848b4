/**
 * The auditor: recounts everything from the topics alone (inputs and rejected-events) with the
 * reference calculator of module {@code reference}, and compares the result with the API's
 * responses. Of the product's code it uses only the decoder.
 */
package io.creditflow.audit;
