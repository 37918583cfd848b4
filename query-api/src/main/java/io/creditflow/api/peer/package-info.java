/**
 * Lets any instance answer any query (contract section 4): finds the instances that hold a
 * partition, reads locally or forwards the request once, and tries standbys if the owner is
 * unavailable.
 */
package io.creditflow.api.peer;
