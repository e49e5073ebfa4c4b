namespace Testbed.Wire;

/// <summary>
/// Something that belongs between two bytes of a writer's buffer and is sent from where it is.
/// </summary>
internal readonly record struct Splice(int Position, OutgoingPiece Piece);
