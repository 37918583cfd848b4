/** What arrives: events, who may pass, and why the others are rejected (contract section 5). */
package io.creditflow.event;
