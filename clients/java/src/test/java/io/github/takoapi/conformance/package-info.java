/** Runs the shared table, clients/conformance/cases.json; its README says what each field means. */
package io.github.takoapi.conformance;
