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

/** vis-network, as pyvis ships it. */
declare namespace vis {
  class Network {
    constructor(container: HTMLElement, data: Drawn, options: object);
    setData(data: Drawn): void;
    setSelection(chosen: { nodes: string[]; edges: string[] }, options: { highlightEdges: boolean }): void;
    fit(): void;
    on(event: "beforeDrawing", then: (ink: CanvasRenderingContext2D) => void): void;
    on(event: "click", then: (event: { nodes: string[]; edges: string[] }) => void): void;
  }
  interface Drawn { nodes: object[]; edges: object[] }
}
