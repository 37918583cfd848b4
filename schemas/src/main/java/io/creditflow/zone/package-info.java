/** Time-zone rules from the one release of the tz database that the product ships. */
package io.creditflow.zone;
