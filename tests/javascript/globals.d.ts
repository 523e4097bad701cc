// What the page's scripts find beside themselves: two libraries, as far as they are called, and the page's data.

/** dagre, vendored: https://github.com/dagrejs/dagre */
declare namespace dagre {
  interface Place { x: number; y: number; width: number; height: number }
  interface Way extends Place { points: Array<{ x: number; y: number }> }
  namespace graphlib {
    class Graph {
      constructor(options: { multigraph: boolean });
      setGraph(label: { rankdir: string; nodesep: number; ranksep: number; edgesep: number; marginx: number; marginy: number }): this;
      setDefaultEdgeLabel(label: () => object): this;
      setNode(id: string, label: { width: number; height: number }): this;
      setEdge(v: string, w: string, label: { width: number; height: number; labelpos: string }, name: string): this;
      node(id: string): Place;
      edge(edge: { v: string; w: string; name: string }): Way;
      graph(): { width?: number; height?: number };
    }
  }
  function layout(graph: graphlib.Graph): void;
}

declare function dagreLibrary(): typeof dagre;

/** vis-network, as pyvis ships it. */
declare namespace vis {
  interface Point { x: number; y: number }
  class DataSet {
    readonly length: number;
    get(id: string): object | null;
    update(items: object[]): void;
    add(items: object[]): void;
    clear(): void;
  }
  class Network {
    constructor(container: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: object);
    setSelection(chosen: { nodes: string[]; edges: string[] }, options: { highlightEdges: boolean }): void;
    setOptions(options: object): void;
    setSize(width: string, height: string): void;
    startSimulation(): void;
    redraw(): void;
    fit(options?: { nodes: string[] }): void;
    getScale(): number;
    getPositions(ids: string[]): Record<string, Point>;
    canvasToDOM(point: Point): Point;
    moveTo(options: { position: Point; scale: number }): void;
    on(event: "beforeDrawing", then: (ink: CanvasRenderingContext2D) => void): void;
    on(event: "click", then: (event: { nodes: string[]; edges: string[] }) => void): void;
    on(event: "hoverEdge", then: (event: { edge: string }) => void): void;
    on(event: "blurEdge" | "stabilized", then: () => void): void;
    once(event: "afterDrawing", then: () => void): void;
  }
}

interface Window { vis: typeof vis }
