/** Types that the browser code shares, and what it finds around itself. */

import * as Leaflet from "leaflet";

declare module "leaflet" {
  namespace CRS {
    let ChinaAlbers: Leaflet.CRS;
  }
  namespace Control {
    /** What a scale in other words must override and call. */
    interface Scale {
      _mScale: HTMLElement;
      _update(): void;
      _getRoundNum(most: number): number;
      _updateScale(scale: HTMLElement, text: string, share: number): void;
    }
  }
}

declare global {
  type Lang = "en" | "zh";
  type Box = [west: number, south: number, east: number, north: number];
  type Point = [latitude: number, longitude: number];
  /** The middle of the map, and how often the scale of all China is doubled. */
  type Sight = [latitude: number, longitude: number, zoom: number];
  /** Above, right, below, left, in pixels. */
  type Margins = [number, number, number, number];

  /** What a run of the server sends to the map, the argument of `PilotZones.show`. */
  interface MapState {
    lang: Lang;
    /** Address of the words. */
    words: string;
    /** Which zones are shown, on any day. */
    title: string;
    theme: string;
    mode: "day" | "compare" | "provinces" | "figures";
    /** Of active zones: by batch, or those of the latest document and all others. */
    colour?: "batch" | "new";
    /** ISO dates, here and below. */
    on: string;
    since: string | null;
    /** Whether the earlier day is the eve of the document in force. */
    follows?: boolean;
    /** Whether the map keeps its day, whatever the timeline does. */
    holds?: boolean;
    zone: string | null;
    /** A place to stand out. */
    place?: { name: string; outline: Shape };
    /** Changes whenever the map is to be moved. */
    move: number;
    /** What to move to; all of China by default. */
    box: Box | null;
    /** What a link asks to move to, in place of the box. */
    sight?: Sight | null;
    /** Zones near a border, and within how many kilometres. */
    near?: string[] | null;
    within?: number | null;
    /** The border to draw, with the strip within so many kilometres: the address of the lines. */
    border?: { countries: string[]; lines: string };
    /** Letters of the roles at each stop; those of the words by default. */
    roles: string[] | null;
    /** Adcodes of the provinces that were asked for, to be outlined. */
    asked?: string[];
    /** A choropleth of the provincial divisions, by adcode. */
    provinces?: Record<string, Shade>;
    chosen?: string[];
    /** A reader's figures, and the address of the places that are shaded, if any is. */
    figures?: Figure[];
    shapes?: string;
    legend?: [colour: string, text: string, number: number][];
    legendTitle?: string;
    count?: string;
  }

  /** A figure at a place: a circle, or without a radius the shaded place. */
  interface Figure {
    adcode: string;
    name: string;
    hint: string;
    fill: string;
    lon: number;
    lat: number;
    radius: number | null;
  }

  interface Shade {
    name: string;
    hint: string;
    value: string;
    fill: string;
    ink: string;
  }

  /** What a run of the server sends to the timeline. */
  interface TimelineData {
    lang: Lang;
    other_language: Lang;
    words: string;
    page: string;
    on: string;
    since: string | null;
    follows?: boolean;
    /** The number of the last question that the server has answered. */
    heard: number;
    session: string;
    /** The day, written out. */
    day: string;
    /** The View as a query. */
    link: string;
    /** The page's own parameters as a query. */
    own: string;
    counts: Counts[] | null;
    /** `headline.Subject`, and whether all zones are counted. */
    subject: { where: string; qualities: string; revoked: boolean; all: boolean };
    /** What the record that is open says, in place of the headline. */
    answer?: string[];
    /** Of the browser's tab; empty where the page and the day make it. */
    title: string;
    /** Whether the page is shown inside another site: then there is the day and the map alone. */
    embedded: boolean;
    /** Address of the search index. */
    search: string;
    /** The latest day that may be chosen. */
    latest: string;
    events: [approved: number, revoked: number, active: number][] | null;
    /** At each stop: the active zones among those that each stop approved. */
    kept: number[][] | null;
  }

  type Counts = [
    active: number,
    provinces: number,
    approved: number,
    revoked: number,
    gone: number,
  ];

  interface TableData {
    lang: Lang;
    words: string;
    zones: string;
    roles: string[] | null;
    zone: string | null;
    /** In place of the zones of a day. */
    changes?: Change[];
  }

  /** Of a zone between two days, and the document that revoked it by the later one. */
  type Change = [zone: string, kind: string, revokedBy: string | null];

  interface PanelData {
    html?: string;
    stories?: string;
    filtered?: boolean;
  }

  /** `words.browser_words`. */
  interface Words {
    stops: Stop[];
    pages: Record<string, string>;
    /** Paths of the pages in the head. */
    tabs: string[];
    headline: Texts;
    documents: Record<string, string>;
    roles: RoleClasses;
    /** Names by number: "Batch 8", "第八批". */
    batches: Record<number, string>;
    map: Texts;
    timeline: Texts;
    table: Texts;
    /** Of the data. */
    version: string;
  }

  type Texts = Record<string, string>;
  /** Classes by the letter of a role. */
  type RoleClasses = Record<string, string[]>;

  interface Stop {
    on: string;
    day: string;
    short: string;
    batch: number | null;
    legend: string;
    legend_short: string;
    colour: string;
    approved: number;
    revoked: number;
    active: number;
    spoken: string;
    counts: Counts;
    /** The active zones among those that each stop approved. */
    kept: number[];
    roles: string;
  }

  /** `stories.stories`. */
  interface Stories {
    on_the_day: string;
    afterwards: string;
    whole: string;
    stops: { on: string; html: string }[];
  }

  /** `assets.zone_labels`. */
  interface Label {
    id: string;
    zh: string;
    en: string;
    pinyin: string;
    province: { adcode: string; zh: string; en: string };
    batch: number;
    document: string;
    approved: string;
    revoked: string | null;
    successor: string | null;
    verified: boolean;
    /** In km². */
    area: number;
    lon: number;
    lat: number;
    box: Box;
  }

  /** What a zone is on the map of a day. */
  interface Part {
    /** The letter of its role. */
    role: string;
    /** Revoked, and its successor is drawn. */
    absorbed: boolean;
    /** Active and filtered out: a faint outline. */
    aside: boolean;
    /** One of those that lies near the border asked for. */
    near: boolean;
  }

  /** Latitude, longitude, and the room for a name above and below in kilometres. */
  type NamePlace = [latitude: number, longitude: number, room: number];

  interface AreaName {
    en: string;
    zh: string;
    at: NamePlace[];
  }

  /** `names.map_names`. */
  interface MapNames {
    zones: { en: string; zh: string; at: NamePlace; rank: number }[];
    provinces: AreaName[];
    neighbours: AreaName[];
  }

  interface Place {
    lat: number;
    lon: number;
    layer: ShapeLayer;
    path: SVGElement;
  }

  interface Zone extends Label, Place, Part {
    index: number;
    /** A circle while the zone is too small to see. */
    dot: L.CircleMarker | null;
    insetPath: SVGElement | null;
  }

  interface Province extends Place, Shade {
    adcode: string;
    label: HTMLElement;
  }

  interface Features<G = Shape> {
    features: {
      id?: string | number;
      geometry: G;
      properties: { kind?: string; adcode?: string; lat?: number; lon?: number };
    }[];
  }
  type GeoJsonShape =
    | GeoJSON.Polygon
    | GeoJSON.MultiPolygon
    | GeoJSON.LineString
    | GeoJSON.MultiLineString;
  /** In units of the plane of the map. */
  type PathShape = { type: "AreaPath" | "LinePath"; d: string };
  type Shape = GeoJsonShape | PathShape;
  /** A layer of Leaflet that is drawn from either. */
  interface ShapeLayer extends L.Path {
    shape: Shape;
    /** Take another level of detail. */
    setShape?(shape: Shape): void;
    /** Move and scale a node as the shape is. */
    place?(node: SVGElement): void;
  }
  interface PlaneLayer extends ShapeLayer {
    setShape(shape: Shape): void;
  }

  /** `coarse.json`, `overview.json` and `detail.json`. */
  interface Layers {
    zones: Features;
    neighbours: Features;
    nation: Features;
    province_lines: Features;
    lines: Features;
  }

  /** What a run of the server sends to the field that takes a table. */
  interface IntakeData {
    labels: Texts;
    /** Bytes that a table may have. */
    most: number;
    /** The number of the last table that the server has taken or refused. */
    heard: number;
  }

  /** What a run of the server sends of the names that are not matched. */
  interface SettlingData {
    /** Distinguishes the table from the one before it. */
    number: number;
    labels: Texts;
    names: UnsettledName[];
  }

  interface UnsettledName {
    text: string;
    rows: string;
    figure: string;
    /** The place that was chosen, in words. */
    chosen: string;
    /** Codes and labels. */
    candidates: [code: string, label: string][];
  }

  /** What the map in one file shows beside `pilotZonesFiles`. */
  interface FileContent {
    state: MapState;
    timeline: TimelineData;
    timelineStyle: string;
    records: {
      /** HTML. */
      measures: string[];
      /** By identifier of the zone: which of the measures, and the reply that revoked it. */
      zones: Record<string, [measures: number, revokedBy: string]>;
    };
    labels: Texts;
  }

  /** What Streamlit hands to a component. */
  interface Component<Data> {
    data: Data;
    parentElement: HTMLElement | ShadowRoot;
    setTriggerValue(name: string, value: unknown): void;
  }

  interface Widget<Data> {
    update(data: Data, component: Component<Data>): unknown;
    remove(): void;
  }

  interface Window {
    PilotZones: {
      create(id: string): L.Map;
      mount(map: L.Map, addresses: string[]): void;
      show(state: MapState): void;
      showDay(day: string): void;
      sight(): Sight | null;
    };
    /** Everything that a map in one file would fetch, by address. */
    pilotZonesFiles?: Record<string, unknown>;
    pilotZonesContent?: FileContent;
    /** The day of the timeline. */
    pilotZonesDay?: string;
    /** Of the component library, in the frame of the map. */
    Streamlit: { setComponentValue(value: any): void };
  }
}
