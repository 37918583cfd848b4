/**
 * Any instance answers (contract section 4): which instance holds which partition, reading here or
 * asking there once, and what to do when the owner is away.
 */
package io.creditflow.api.peer;
