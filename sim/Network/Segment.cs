using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Something on its way, due at the other end of the pipe; <paramref name="Count"/> bytes when it is data.
/// </summary>
internal readonly record struct Segment(SegmentKind Kind, int Count, Instant Due);
