/** Liveness and readiness of the process (contract section 4). */
package io.creditflow.api.health;
