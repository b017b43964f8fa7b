/** What an import tells its reader: decisions to take, differences, and what is missing. */
package dev.outflow.asa.report;
