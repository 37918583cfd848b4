/** The routes about workspaces and their credits (contract section 4), asked of any instance. */
package io.creditflow.api.credit;
