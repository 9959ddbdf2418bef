/** Names of tracks, buses and groups: where they stand, and another name for all of them at once. */
import * as vscode from "vscode";
import {
  channelNames,
  nameAt,
  objectionToName,
  sameName,
  type NamePlace,
} from "../../session/channelNames.js";
import { rangeOf } from "./places.js";

interface Found {
  readonly places: readonly NamePlace[];
  readonly name: NamePlace;
}

function find(document: vscode.TextDocument, position: vscode.Position): Found | undefined {
  const places = channelNames(document.getText());
  const name = nameAt(places, document.offsetAt(position));
  return name && { places, name };
}

/** @throws Error if no name is there */
export function nameRange(document: vscode.TextDocument, position: vscode.Position): vscode.Range {
  const found = find(document, position);
  if (!found)
    throw new Error("Only ids of tracks, buses and groups can be renamed, where they stand as text.");
  return rangeOf(document, found.name);
}

/** @throws Error if the name cannot be had */
export function renameEdits(
  document: vscode.TextDocument,
  position: vscode.Position,
  wanted: string,
): vscode.WorkspaceEdit | undefined {
  const found = find(document, position);
  if (!found) return undefined;
  const objection = objectionToName(found.places, found.name, wanted);
  if (objection !== undefined) throw new Error(objection);
  const edit = new vscode.WorkspaceEdit();
  const written = JSON.stringify(wanted).slice(1, -1);
  for (const place of sameName(found.places, found.name))
    edit.replace(document.uri, rangeOf(document, place), written);
  return edit;
}

export function definitions(document: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
  const found = find(document, position);
  return locations(
    document,
    found ? sameName(found.places, found.name).filter(({ isDefinition }) => isDefinition) : [],
  );
}

export function references(
  document: vscode.TextDocument,
  position: vscode.Position,
  includesDefinition: boolean,
): vscode.Location[] {
  const found = find(document, position);
  const places = found ? sameName(found.places, found.name) : [];
  return locations(
    document,
    places.filter(({ isDefinition }) => includesDefinition || !isDefinition),
  );
}

const locations = (document: vscode.TextDocument, places: readonly NamePlace[]): vscode.Location[] =>
  places.map((place) => new vscode.Location(document.uri, rangeOf(document, place)));
