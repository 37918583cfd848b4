/** What arrives: events, who may pass, and why the others are rejected (contract section 5). */
@NullMarked
package io.creditflow.event;

import org.jspecify.annotations.NullMarked;
