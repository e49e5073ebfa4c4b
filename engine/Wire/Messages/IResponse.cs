namespace Testbed.Wire;

/// <summary>A response's body.</summary>
public interface IResponse : IMessage
{
    ApiKey ApiKey { get; }
}
