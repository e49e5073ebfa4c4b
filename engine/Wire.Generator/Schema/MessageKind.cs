namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// What a message is for: decides which interface its class has and which table of the catalogue lists it.
/// </summary>
internal enum MessageKind
{
    Request,
    Response,
    Header,
    Data,
    Metadata,
    GroupKey,
    GroupValue,
    TransactionKey,
    TransactionValue,
    ShareKey,
    ShareValue,
}
