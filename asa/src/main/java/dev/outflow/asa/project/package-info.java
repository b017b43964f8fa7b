/** Reads jobs of Azure Stream Analytics: projects, templates and single scripts. */
package dev.outflow.asa.project;
