/** Whether the process lives and whether it does its work (contract section 4). */
package io.creditflow.api.health;
