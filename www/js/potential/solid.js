// A surface over the plane, seen from a camera: flat faces on a 2D canvas, orthographic.
//
// A model, in the coordinates of the problem, z up:
//   faces   { points: 3V, offsets: N + 1, colours: Uint8 N, tint?: (index) → '#rrggbb' }   convex polygons
//           colours index `palette`; a face with fewer than 3 points is none
//   palette ['#rrggbb' …] of the faces seen from above, and `under` of those seen from below
//   order   'convex'  the faces are the graph of a convex function: the order is exact without
//                     sorting (see layers.js)
//           2N numbers, a point a face: faces are drawn in the order of ⟨pᵢ, d⟩, d the horizontal
//                     direction towards the eye. Exact for faces over a power diagram with pᵢ = yᵢ,
//                     whatever their heights, and for a height field over a grid with its middles
//   lines   [{ ends: 6E, faces?: 2E, width, colour, core?, dash?, alpha? }]  segments on the surface, each
//           drawn with the faces it stands between (face numbers; −1 none); without `faces` on top of all.
//           `core` is a second, thinner line in the middle: { width, colour }
//   floor   { z, faces: { points: 2V, offsets, colours }, palette, lines, outline: 2K }   flat, under the surface
//   sheets  [{ points: 3K, fill, alpha, line, dash }]   translucent polygons over it all, such as a plane
//   marks   [{ points: 3M, radius, fill, line, width }]   discs on top
//   lit     a face's number, or −1: it is filled and outlined once more
//   box     [x0, y0, z0, x1, y1, z1]  what is fitted into the canvas, whatever the camera
//   height  z of the picture = height × (z − z0): the scale by which z is drawn, as `fit` finds it
//
// const solid = new Solid(canvas, { camera, keys, say })   turns by pointer, touch, wheel; `keys`: a
//                                                   focusable element over the canvas for the arrow keys
// solid.set(model)          shows a model; what a model leaves out is not drawn
// solid.light({ lit, sheets, marks })   changes what is lit, and nothing else
// solid.at(clientX, clientY) → the front face under a place of the screen, or −1
// solid.where([x, y, z]) → CSS pixels in the canvas
// solid.onhover(face), solid.onpick(face)   heard when a face is pointed at and clicked; −1 for none
// solid.repaint(), solid.toPng(pixels), solid.toSvg(title)
// fit(box, share)           the height scale that makes z's range `share` of the larger side of the box
