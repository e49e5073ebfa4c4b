using System;

namespace Testbed.Wire;

/// <summary>
/// The pieces of a writer, for one foreach: buffer, splice, buffer, ... Empty buffer pieces are left out.
/// </summary>
public ref struct OutgoingPieces
{
    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly ReadOnlySpan<Splice> _splices;
    private int _position;      // bytes of the buffer already handed out
    private int _splice;        // splices already handed out

    internal OutgoingPieces(ReadOnlyMemory<byte> buffer, ReadOnlySpan<Splice> splices)
    {
        _buffer = buffer;
        _splices = splices;
    }

    public OutgoingPiece Current { get; private set; }

    public readonly OutgoingPieces GetEnumerator() => this;

    public bool MoveNext()
    {
        var until = _splice < _splices.Length ? _splices[_splice].Position : _buffer.Length;
        if (until > _position)
        {
            Current = new OutgoingPiece(_buffer[_position..until]);
            _position = until;
            return true;
        }
        if (_splice == _splices.Length)
        {
            return false;
        }
        Current = _splices[_splice].Piece;
        _splice++;
        return true;
    }
}
