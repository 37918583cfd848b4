/** Campaigns: what is known of them, and what they used over their life. */
package io.creditflow.campaign;
