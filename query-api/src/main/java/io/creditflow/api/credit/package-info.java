/** The routes for workspaces and their credits (contract section 4), served by any instance. */
package io.creditflow.api.credit;
